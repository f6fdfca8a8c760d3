package engine

import "context"

func resetMagic() Magic {
	return Magic{
		Name: "reset",
		Doc:  "Forget everything that the notebook has declared, as a restart does, but at once. Randomness starts anew from the seed in force.",
		Run: func(_ context.Context, c *Call) (Outcome, error) {
			return Outcome{}, c.Engine.Reset()
		},
	}
}
