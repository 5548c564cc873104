package whatsapp

import (
	"go.mau.fi/whatsmeow/proto/waCompanionReg"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/store"
	"google.golang.org/protobuf/proto"
)

// What the device says it is when it is linked, and what the phone's list of
// linked devices shows: the same, whether by QR or by code.
const (
	deviceSystem   = "Linux"
	devicePlatform = waCompanionReg.DeviceProps_CHROME
)

// introduced is how a device introduces itself: as the library would, but for
// the library's name, and with the version of the client.
func introduced(device *store.Device, version store.WAVersionContainer) *waWa6.ClientPayload {
	payload := device.GetClientPayload()
	payload.UserAgent.AppVersion = version.ProtoAppVersion()
	pairing := payload.GetDevicePairingData()
	if pairing == nil {
		return payload // it is linked already
	}
	hash := version.Hash()
	pairing.BuildHash = hash[:]
	var says waCompanionReg.DeviceProps
	if proto.Unmarshal(pairing.GetDeviceProps(), &says) != nil {
		return payload
	}
	says.Os, says.PlatformType = proto.String(deviceSystem), devicePlatform.Enum()
	if props, err := proto.Marshal(&says); err == nil {
		pairing.DeviceProps = props
	}
	return payload
}
