package kernel

import (
	"context"
	"fmt"
	"time"

	"reprise/kernel/wire"
	"reprise/kernel/zmtp"
)

// registrationPatience is how long a launcher may take to acknowledge. A kernel
// that it does not know is of no use and ends (JEP 66).
const registrationPatience = 30 * time.Second

// register tells the launcher the ports that were bound, if it gave us a
// registration file.
func register(ctx context.Context, c wire.Connection, codec *wire.Codec) error {
	if !c.Registration.Wanted() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, registrationPatience)
	defer cancel()
	answer, err := zmtp.Ask(ctx, c.RegistrationEndpoint(), codec.EncodeRegistration(c))
	if err == nil {
		err = codec.CheckRegistered(answer)
	}
	if err != nil {
		return fmt.Errorf("kernel: cannot register with the launcher: %w", err)
	}
	return nil
}
