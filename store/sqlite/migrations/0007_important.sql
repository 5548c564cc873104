-- Readers who want the important of breaking news only.
ALTER TABLE subscriber ADD COLUMN important INTEGER NOT NULL DEFAULT 0;
