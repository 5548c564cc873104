// The demo's page: it draws what the server pushes over one event stream, and
// posts what the person does. It holds no state of its own but the scroll.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);

const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

// rich draws a text with its entities, whose offsets are UTF-16 units, as
// JavaScript strings are.
function rich(text, entities = []) {
  const cuts = new Set([0, text.length]);
  for (const e of entities) cuts.add(e.offset).add(e.offset + e.length);
  const points = [...cuts].sort((a, b) => a - b);
  const out = make("div", { className: "text", dir: "auto" });
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i], points[i + 1]];
    let node = document.createTextNode(text.slice(from, to));
    for (const e of entities.filter((e) => e.offset <= from && e.offset + e.length >= to)) {
      node = wrap(node, e, text);
    }
    out.append(node);
  }
  return out;
}

const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };

function wrap(node, e, text) {
  const url = e.type === "text_link" ? e.url : e.type === "url" ? text.slice(e.offset, e.offset + e.length) : "";
  if (/^https?:\/\//.test(url)) return make("a", { href: url, target: "_blank", rel: "noreferrer" }, node);
  return tags[e.type] ? make(tags[e.type], {}, node) : node;
}

// marked draws a text with WhatsApp's marks: *bold*, _italic_, ~struck~,
// ```code```, > quotes, and addresses as links.
function marked(text) {
  const out = make("div", { className: "text", dir: "auto" });
  for (const [i, line] of text.split("\n").entries()) {
    if (i) out.append("\n");
    const quote = /^> /.test(line.replace(/^[\u200e\u200f]/, ""));
    const into = quote ? make("blockquote") : out;
    mark(into, quote ? line.replace("> ", "") : line);
    if (quote) out.append(into);
  }
  return out;
}

function mark(into, line) {
  const pattern = /(https?:\/\/[^\s]+)|\*(\S(?:[^*\n]*\S)?)\*|_(\S(?:[^_\n]*\S)?)_|~(\S(?:[^~\n]*\S)?)~|```([^`\n]+)```/g;
  let from = 0;
  for (const m of line.matchAll(pattern)) {
    into.append(line.slice(from, m.index));
    from = m.index + m[0].length;
    if (m[1]) into.append(make("a", { href: m[1], target: "_blank", rel: "noreferrer", textContent: m[1] }));
    else {
      const tag = m[2] ? "b" : m[3] ? "i" : m[4] ? "s" : "code";
      const node = make(tag);
      mark(node, m[2] || m[3] || m[4] || m[5]);
      into.append(node);
    }
  }
  into.append(line.slice(from));
}

const clockOf = (iso) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: state.zone }).format(new Date(iso));

function bubble(phone, m) {
  const inner = make("div", { className: "bubble" });
  if (m.photo) inner.append(make("span", { className: "photo", textContent: "صورة" }));
  if (m.text) inner.append(m.marked ? marked(m.text) : rich(m.text, m.entities || []));
  if (m.poll) inner.append(poll(phone, m));
  if (m.preview) inner.append(make("div", { className: "preview", textContent: m.preview.replace(/^https?:\/\//, "") }));
  inner.append(make("span", { className: "when", textContent: clockOf(m.at) + (m.edited ? " · معدّلة" : "") + (m.silent ? " 🔕" : "") }));
  const box = make("div", { className: m.mine ? "msg mine" : "msg" }, inner);
  box.dataset.id = m.id;
  if (m.buttons && m.buttons.length) box.append(keys(phone, m));
  return box;
}

function poll(phone, m) {
  const list = make("div", { className: "poll" });
  for (const option of m.poll) {
    const tick = make("button", { type: "button", textContent: option.name });
    tick.setAttribute("aria-pressed", option.on);
    tick.onclick = () => post("press", { phone, message: m.id, data: option.name });
    list.append(tick);
  }
  return list;
}

function keys(phone, m) {
  const pad = make("div", { className: "keys" });
  for (const row of m.buttons) {
    const line = make("div");
    for (const b of row) {
      if (b.url) {
        line.append(make("a", { href: b.url, target: "_blank", rel: "noreferrer", textContent: b.text }));
        continue;
      }
      const key = make("button", { type: "button", textContent: b.text });
      key.dataset.data = b.callback_data;
      key.onclick = async () => {
        const { toast, error } = await post("press", { phone, message: m.id, data: b.callback_data });
        if (toast || error) showToast(phone, toast || error);
      };
      line.append(key);
    }
    pad.append(line);
  }
  return pad;
}

function showToast(phone, text) {
  const toast = $(`#${phone} .toast`);
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(showToast.timer);
  showToast.timer = setTimeout(() => { toast.hidden = true; }, 2500);
}

// drawPhone adds and replaces only what changed, so that the view stays still.
function drawPhone(phone, view) {
  const root = $(`#${phone}`);
  $(".title", root).textContent = state.site.name;
  const chat = $(".chat", root);
  const low = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
  const shown = new Map([...chat.children].map((n) => [n.dataset.id, n]));
  let grew = false;
  for (const m of view.messages) {
    const key = JSON.stringify(m);
    const old = shown.get(String(m.id));
    shown.delete(String(m.id));
    if (old && old.key === key) continue;
    const fresh = bubble(phone, m);
    fresh.key = key;
    if (old) {
      if (words(old) !== words(fresh)) fresh.classList.add("changed");
      old.replaceWith(fresh);
    } else { chat.append(fresh); grew = true; }
  }
  for (const gone of shown.values()) gone.remove();
  if (grew || low) chat.scrollTop = chat.scrollHeight;
  if ($(".menu", root)) drawMenu(phone, root, view.menu || []);
  if ($(".sure", root)) drawSure($(".sure", root), view.messages);
}

const words = (message) => message.querySelector(".text")?.textContent;

// drawSure offers the confirmation of the newest version that can be confirmed,
// with its number, as an editor on a network without buttons writes it.
function drawSure(offer, messages) {
  const data = messages.flatMap((m) => (m.buttons || []).flat()).map((b) => b.callback_data || "");
  const [, draft, version] = data.findLast((d) => /^desk:yes:/.test(d))?.match(/^desk:yes:(\d+):(\d+)/) || [];
  const words = draft ? `تأكيد ${draft}.${version}` : "تأكيد";
  offer.disabled = !draft || messages.some((m) => m.mine && m.text === words);
  offer.textContent = offer.dataset.say = words;
}

function drawMenu(phone, root, commands) {
  const menu = $(".menu", root);
  menu.replaceChildren(...commands.map((c) => {
    const line = make("button", { type: "button" }, make("span", { textContent: c.description }), make("code", { textContent: "/" + c.command }));
    line.onclick = () => { menu.hidden = true; post("say", { phone, text: "/" + c.command }); };
    return line;
  }));
}

function drawSite(site) {
  $("#sitename").textContent = site.name;
  $("#publish").hidden = !site.open;
  if (!site.open) $("#sitehint").textContent = "هذه أخبار الموقع كما قرأتها نشرة.";
  const choice = $("#categories");
  if (choice.options.length !== site.categories.length) {
    choice.replaceChildren(...site.categories.map((c) => make("option", { value: c.slug, textContent: c.name })));
  }
  $("#articles").replaceChildren(...site.articles.map((a) => {
    const tag = make("span", { className: a.urgent ? "tag hot" : "tag", textContent: a.urgent ? `عاجل · ${a.section}` : a.section });
    const link = make("a", { href: a.url, target: "_blank", rel: "noreferrer", textContent: a.title });
    return make("li", {}, tag, link, make("p", { textContent: a.lead }), make("time", { textContent: clockOf(a.published) }));
  }));
}

let state = { zone: "Asia/Muscat" };

function draw(next) {
  state = next;
  $("#now").textContent = next.now;
  $("#nextslot").textContent = next.next;
  drawSite(next.site);
  for (const [phone, view] of Object.entries(next.phones)) drawPhone(phone, view);
  if (next.ready) document.body.dataset.ready = "yes";
}

$("#next").onclick = () => post("clock", {});

$("#publish").onsubmit = async (event) => {
  event.preventDefault();
  const form = event.target;
  const said = $("#published");
  const { error } = await post("publish", {
    title: form.title.value, body: form.body.value, category: form.category.value, urgent: form.urgent.checked,
  });
  said.textContent = error || (form.urgent.checked ? "نُشر في الموقع. يصل العاجل بعد مهلة قصيرة يُراجَع فيها الخبر." : "نُشر في الموقع، وسيُدرج في الموجز التالي.");
  if (!error) form.reset();
};

for (const form of document.querySelectorAll(".say")) {
  const phone = form.closest(".phone").id;
  form.onsubmit = (event) => {
    event.preventDefault();
    const text = form.text.value.trim();
    if (text) post("say", { phone, text });
    form.reset();
  };
  const commands = $(".commands", form);
  if (commands) commands.onclick = () => { const menu = $(`#${phone} .menu`); menu.hidden = !menu.hidden; };
}

for (const offer of document.querySelectorAll(".try button")) {
  offer.onclick = () => post("say", { phone: offer.closest(".phone").id, text: offer.dataset.say });
}

addEventListener("resize", () => {
  for (const chat of document.querySelectorAll(".chat")) chat.scrollTop = chat.scrollHeight;
});

const stream = new EventSource("events");
stream.onmessage = (event) => draw(JSON.parse(event.data));
