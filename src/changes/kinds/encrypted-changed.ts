import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute } from "../words.js";

export type EncryptedChanged = Explained<AttributeDifference, "encrypted-changed">;

export const encryptedChanged: ChangeKind<EncryptedChanged> = {
  id: "encrypted-changed",
  summary: "A configuration parameter is encrypted at rest, or no longer.",
  why: "Encryption is between a control plane and its own database; data plane nodes never see it.",
  updatePath: {
    derived: "short",
    freeze: "none",
    isHarmless: true,
    because: "Which values pass does not change.",
  },
  mirror: "encrypted-changed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", encrypted = true } }`,
  },
  remedy: null,
  describe: describeAttribute,
  find(difference) {
    const turned = switchTurned(difference, "encrypted", true) ?? switchTurned(difference, "encrypted", false);
    return turned === undefined ? undefined : explain("encrypted-changed", turned);
  },
};
