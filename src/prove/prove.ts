import type { Freeze } from "../changes/kind.js";
import { changeKinds, type Change } from "../changes/registry.js";
import { nameOf } from "../changes/words.js";
import type { UpdatePathRule } from "../changes/kind.js";
import { isDeclaredMove } from "../changes/move.js";
import { isInside } from "../changes/rename.js";
import { isStricterPath, updatePathNames } from "../kong/update-paths.js";
import { applyChanges } from "../diff/apply-changes.js";
import { ChangeError } from "../diff/errors.js";
import type { SchemaTrees } from "../diff/trees.js";
import type { FieldPath, PluginSchema, SchemaTree } from "../schema/model.js";
import { candidatesFor, type CandidateOptions } from "./candidates.js";
import { withValueCarried } from "./carried.js";
import { Groups, touchedNames } from "./groups.js";
import { functionsIn, literalsNear, namesNear } from "./literals.js";
import { madeSchema } from "./made-schema.js";
import { configNodes, instanceNodes, remembering, type Candidate, type Nodes } from "./nodes.js";
import type { Proof } from "./proof.js";
import { search, type Findings } from "./search.js";
import { shorthandTargets } from "./shorthand-targets.js";
import { slice, type Scope } from "./slice.js";
import { withoutUntouchedCode } from "./untouched.js";
import { decidingFunction, judgesBefore, judgesNow, verdictOf } from "./verdict.js";
import { Witnesses, type Part } from "./witnesses.js";

export interface Proofs {
  readonly ofChange: (change: Change) => Proof;
  /** Of all changes together. */
  readonly together: Proof;
}

/**
 * Asks Kong's engine, with both schemas, about configurations in which what changed takes every value at which an answer can
 * turn. Changes that no rule ties together are judged apart, each on the part of the schema that it touches.
 */
export function proveChanges(oldSchema: PluginSchema, newSchema: PluginSchema, changes: readonly Change[]): Proofs {
  const sides = [oldSchema, newSchema].flatMap(treesOf);
  const trees = sides.map(({ tree }) => tree);
  const groups = new Groups(
    sides.map(({ tree, schema }) => [tree, (shorthand) => shorthandTargets(shorthand, schema)]),
  );
  const deciding = changes.filter((change) => harmlessRule(change) === undefined);
  const byFunction = deciding.filter(judgesWhole);
  const touched = new Map(
    deciding
      .filter((change) => !judgesWhole(change))
      .map((change) => [change, touchedNames(change, trees) ?? groups.everything()]),
  );
  for (const names of touched.values()) groups.tie(names);

  const byGroup = new Map<string, Change[]>();
  for (const [change, [name = "@"]] of touched) {
    const [node = name] = groups.nodesOf(name);
    const group = groups.groupOf(node);
    byGroup.set(group, [...(byGroup.get(group) ?? []), change]);
  }

  const witnesses = new Witnesses(oldSchema, changes.length);
  const proofs = new Map<Change, Proof>();
  const judged: Part[] = [];
  for (const [group, members] of byGroup) {
    const names = groups.topNames(group);
    const part = partOf(oldSchema, newSchema, { isWanted: (name) => names.has(name), withFunction: false });
    const judge = (some: readonly Change[], further: readonly Candidate[] = []): Part =>
      judgePart(part, some, { isAlone: some.length < members.length, further });
    const judgedAlone = new Map<Change, Part>();
    for (const change of members) {
      const needed = members.filter((other) => other === change || belongsTo(other, change));
      if (needed.length < members.length) judgedAlone.set(change, judge(needed));
    }
    // What is refused because of one change is asked about with all of them too.
    const shown = [...judgedAlone.values()].flatMap(({ findings }) => candidatesIn(findings));
    const together = judgeTogether(members, (some) => judge(some, shown));
    // Whatever else changes, a data plane with the old schema does not know the place that a value is taken to.
    const carrying = members.filter(isDeclaredMove).flatMap((change) => judgedAlone.get(change) ?? []);
    const whole = carrying.find(({ path }) => path === "cp-dp-sync") ?? together;
    for (const change of members)
      proofs.set(change, proofInCompany(judgedAlone.get(change) ?? whole, whole, witnesses));
    judged.push(whole);
  }
  const everything = { isWanted: () => true, withFunction: true };
  for (const change of byFunction) {
    const part = judgePart(partOf(oldSchema, newSchema, everything), [change], { isAlone: false });
    judged.push(part);
    proofs.set(change, witnesses.proofOf(part));
  }
  for (const change of changes) {
    const rule = harmlessRule(change);
    if (rule === undefined) continue;
    const part: Part = {
      changes: [change],
      path: "short",
      findings: nothingFound,
      missing: [],
      isWanted: () => false,
      rule,
    };
    judged.push(part);
    proofs.set(change, witnesses.proofOf(part));
  }
  return {
    ofChange: (change) => proofs.get(change) ?? noChange,
    together: combine(judged, witnesses, newSchema),
  };
}

export const noChange: Proof = {
  path: "none",
  freeze: "none",
  argument: { by: "construction", rule: "Nothing changed." },
};

/** What is said of one change, which must hold with all others too: they can take from it what it asks for alone. */
function proofInCompany(alone: Part, whole: Part, witnesses: Witnesses): Proof {
  if (alone.path === "unknown") return witnesses.proofOf(whole.path === "unknown" ? alone : whole);
  if (whole.path === "unknown" || !isStricterPath(alone.path, whole.path)) return witnesses.proofOf(alone);
  const reason = `Alone it would need the path ${updatePathNames[alone.path]}; the changes beside it make up for that.`;
  return { ...witnesses.proofOf(whole), reason };
}

/** What was refused of a part, and its edits. */
function candidatesIn({ refused, bridge, conflict }: Findings): readonly Candidate[] {
  return [refused, bridge, conflict].flatMap((found) => (found === undefined ? [] : [found.candidate]));
}

/** Whether a change means nothing without another one: what a shorthand is turned into, or a record around a move's ends. */
function belongsTo(other: Change, change: Change): boolean {
  const comesOrGoes = ["field-addition", "field-removal", "field-move"].includes(other.subject);
  if (change.subject === "shorthand") return comesOrGoes;
  if (change.subject !== "field-move") return false;
  if (change.to.length === 0) return comesOrGoes;
  return comesOrGoes && [...change.from, ...change.to].some((end) => !end.isOwn && isInside(end.path, other.path));
}

function judgeTogether(members: readonly Change[], judge: (some: readonly Change[]) => Part): Part {
  const whole = judge(members);
  const others = members.filter((change) => decidingFunction(change).length === 0);
  if (whole.path !== "unknown" || others.length === 0 || others.length === members.length) return whole;
  // Whatever a function does, it does not make a node accept what other changes make it refuse.
  const part = judge(others);
  return part.path === "cp-dp-sync" ? part : whole;
}

/** The part of the schema that changes are judged on. */
interface SchemaPart {
  readonly versions: readonly [old: PluginSchema, now: PluginSchema];
  readonly isWanted: Scope["isWanted"];
  readonly trees: SchemaTrees;
  readonly old: PluginSchema;
  /** What control plane and data planes with the old schema say, with the whole instance or the configuration alone. */
  readonly oldNodes: Readonly<Record<"whole instance" | "configuration", Nodes>>;
}

function partOf(oldSchema: PluginSchema, newSchema: PluginSchema, scope: Scope): SchemaPart {
  return partFrom(slice(oldSchema, scope), [oldSchema, newSchema], scope);
}

function partFrom(
  trees: SchemaTrees,
  versions: SchemaPart["versions"],
  { isWanted }: Pick<Scope, "isWanted">,
): SchemaPart {
  const old = madeSchema(trees, versions[0], versions);
  const oldNodes = { "whole instance": remembering(instanceNodes(old)), configuration: remembering(configNodes(old)) };
  return { versions, isWanted, trees, old, oldNodes };
}

/** Whether they are all that rules tie together in the part, and what else is asked about. */
type Company = Pick<CandidateOptions, "isAlone"> & { readonly further?: readonly Candidate[] };

/** What hangs on code that no change touches and that cannot be run here is judged without that code. */
function judgePart(part: SchemaPart, changes: readonly Change[], company: Company): Part {
  const judged = judgeAsItIs(part, changes, company);
  if (judged.path !== "unknown" || changes.some((change) => decidingFunction(change).length > 0)) return judged;
  const trees = withoutUntouchedCode(part.trees, changes);
  if (trees === undefined) return judged;
  const again = judgeAsItIs(partFrom(trees, part.versions, part), changes, company);
  return again.path === "unknown" ? judged : { ...again, assumes: judged.missing };
}

function judgeAsItIs(
  { versions, isWanted, trees, old, oldNodes }: SchemaPart,
  changes: readonly Change[],
  { isAlone, further = [] }: Company,
): Part {
  const [oldSchema, newSchema] = versions;
  const changed = changedPart(trees, changes);
  if (changed === undefined) {
    const missing = ["a schema with this change alone, which is none that Kong could have"];
    return { changes, path: "unknown", findings: nothingFound, missing, isWanted };
  }
  const now = madeSchema(changed, newSchema, versions);
  const needsInstance = changes.some(({ path: [top] }) => top !== "config");
  const hints = changes.flatMap((change) => [
    ...literalsNear(judgesBefore(change), oldSchema),
    ...literalsNear(judgesNow(change), newSchema),
  ]);
  const names = namesOfFunctions(changes, oldSchema, newSchema);
  const candidates = [...candidatesFor(old, now, changes, { hints, names, isAlone }), ...further];
  const [before, after] = needsInstance
    ? [oldNodes["whole instance"], instanceNodes(now)]
    : [oldNodes.configuration, configNodes(now)];
  const found = withValueCarried(
    search(candidates, before, after, changes.flatMap(judgedPlace)),
    changes,
    before,
    after,
  );
  // Who knows what a function refused that is gone now.
  const isFreed = found.freeze === "none" && changes.some((change) => functionsIn(judgesBefore(change)).length > 0);
  const findings: Findings = isFreed ? { ...found, freeze: "new-values" } : found;
  return { changes, ...verdictOf(findings, changes), findings, isWanted };
}

/** The parameters that functions over the whole configuration speak of. */
function namesOfFunctions(
  changes: readonly Change[],
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
): readonly string[] {
  return changes
    .filter(judgesWhole)
    .flatMap((change) => [...namesNear(judgesBefore(change), oldSchema), ...namesNear(judgesNow(change), newSchema)]);
}

/** A change may need another one beside it to make sense. */
function changedPart(part: SchemaTrees, changes: readonly Change[]): SchemaTrees | undefined {
  try {
    return applyChanges(part, changes);
  } catch (error) {
    if (error instanceof ChangeError) return undefined;
    throw error;
  }
}

/** Why a change can refuse nothing, where its kind says so for every case. */
function harmlessRule({ kind }: Change): string | undefined {
  const rule: UpdatePathRule = changeKinds[kind].updatePath;
  return "isHarmless" in rule ? rule.because : undefined;
}

/** Where a change may make a stored value be refused: unless one was tried there, nothing was shown. */
function judgedPlace({ kind, subject, path }: Change): readonly FieldPath[] {
  const isOfValues = ["attribute", "type", "definition", "field-removal"].includes(subject);
  if (!isOfValues || path[0] !== "config" || path.length < 2) return [];
  const rule: UpdatePathRule = changeKinds[kind].updatePath;
  return "derived" in rule && rule.derived === "short" ? [] : [path];
}

const nothingFound: Findings = {
  tried: 0,
  holdsAny: true,
  unheld: [],
  takesAny: true,
  refused: undefined,
  bridge: undefined,
  conflict: undefined,
  freeze: "none",
  frozen: undefined,
  missing: [],
  isUnsure: { stored: false, edits: false },
};

function treesOf(schema: PluginSchema): readonly { readonly tree: SchemaTree; readonly schema: PluginSchema }[] {
  const trees = schema.dataPlane === undefined ? [schema] : [schema, schema.dataPlane];
  return trees.map((tree) => ({ tree, schema }));
}

/** Whether a function that sees the whole configuration is another one: it is judged by itself, and apart from all others. */
function judgesWhole({ subject, path, ...change }: Change): boolean {
  const isOfConfig = path.length === 1 && path[0] === "config";
  return isOfConfig && subject === "attribute" && "attribute" in change && change.attribute === "custom_validator";
}

/**
 * The parts are independent: an instance can be the worst in each of them at once. One that must be edited in one part is saved
 * with what all other parts then store, which old data planes have to accept too.
 */
function combine(parts: readonly Part[], witnesses: Witnesses, newSchema: PluginSchema): Proofs["together"] {
  const worst = worstOf(parts);
  if (worst === undefined) return noChange;
  const others = parts.filter((part) => part !== worst);
  const assumes = [...new Set(parts.flatMap((part) => part.assumes ?? []))];
  const proof: Proof = {
    ...witnesses.proofOfWhole(worst, others, newSchema),
    freeze: freezeOf(parts),
    ...(assumes.length > 0 ? { assumes } : {}),
  };
  if (proof.path !== "long") return proof.path === "short" ? { ...proof, ...argumentOf(parts) } : proof;
  const obstacle = others.find(isAlwaysRefused);
  if (obstacle === undefined) return proof;
  const [needing] = worst.changes;
  const [carried] = obstacle.changes;
  const reason = `An instance that must be edited because of ${nameOf(needing?.path ?? [])} is saved with ${nameOf(carried?.path ?? [])} too, which data plane nodes with the old schema refuse.`;
  return { ...proof, path: "cp-dp-sync", reason };
}

/** The part that decides: the strictest path, and then the strictest freeze. */
function worstOf(parts: readonly Part[]): Part | undefined {
  for (const path of ["cp-dp-sync", "unknown", "long"] as const) {
    const found = parts.find((part) => part.path === path);
    if (found !== undefined) return found;
  }
  return parts.find(({ findings }) => findings.freeze === freezeOf(parts));
}

function argumentOf(parts: readonly Part[]): Pick<Proof, "argument"> {
  const tried = parts.reduce((sum, { findings }) => sum + findings.tried, 0);
  if (tried > 0) return { argument: { by: "search", tried } };
  return { argument: { by: "construction", rule: [...new Set(parts.flatMap(({ rule }) => rule ?? []))].join(" ") } };
}

/** Whether data planes with the old schema refuse an instance in whatever way it is saved. */
function isAlwaysRefused({ findings }: Part): boolean {
  return findings.bridge === undefined && findings.conflict !== undefined;
}

const freezes = ["none", "new-values", "any-edit"] as const satisfies readonly Freeze[];

export function strictestFreeze(some: readonly Freeze[]): Freeze {
  return freezes.findLast((freeze) => some.includes(freeze)) ?? "none";
}

function freezeOf(parts: readonly Part[]): Freeze {
  return strictestFreeze(parts.map(({ findings }) => findings.freeze));
}
