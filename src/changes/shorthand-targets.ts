import { isValueMap, type Field, type Value } from "../schema/model.js";
import { isList } from "./value-key.js";

/**
 * The parameters that a shorthand says it stands for, in `translate_backwards` (Kong Gateway 3.6 to 3.8) or `deprecation.replaced_with`;
 * from its record on.
 */
export function namedTargets({ attributes }: Field): readonly (readonly string[])[] {
  const { deprecation } = attributes;
  const replaced = isValueMap(deprecation) ? deprecation["replaced_with"] : undefined;
  const places = isList(replaced)
    ? replaced.map((item) => (isValueMap(item) ? item["path"] : undefined))
    : [attributes["translate_backwards"]];
  return places.map(namesIn).filter((names) => names.length > 0);
}

function namesIn(place: Value | undefined): readonly string[] {
  return isList(place) ? place.filter((name) => typeof name === "string") : [];
}
