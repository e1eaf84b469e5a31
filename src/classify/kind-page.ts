import type { ChangeKind, DerivedPath, Remedy } from "../changes/kind.js";
import { changeKindList, describeChange, type Change } from "../changes/registry.js";
import { diffSchemas } from "../diff/diff-schemas.js";
import {
  updatePathNames,
  updatePathsPage,
  updatePathTable,
  type TableRow,
  type UpdatePath,
} from "../kong/update-paths.js";
import { engineSource, provenModel, type Proof, type Witness } from "../prove/proof.js";
import { readSchema } from "../schema/read.js";
import { classifyChanges } from "./classify-changes.js";
import type { ClassifiedChange } from "./classified-change.js";
import { columnWords, provenReason } from "./reasons.js";

/** The kind with this id. */
export function findKind(id: string): ChangeKind<Change> | undefined {
  return changeKindList.find((kind) => kind.id === id);
}

/** The page of a kind of change, in Markdown: its example is judged as any other schemas are. */
export function kindPage(kind: ChangeKind<Change>): string {
  const { id, summary, why, example, mirror } = kind;
  const judged = judgeExample(kind);
  return blocks([
    `# ${id}`,
    summary,
    "## Why it matters",
    why,
    "## Example",
    `Before:\n\n\`\`\`lua\n${example.old}\n\`\`\``,
    `After:\n\n\`\`\`lua\n${example.new}\n\`\`\``,
    ...judged.map(({ change }) => `The report says: ${describeChange(change)}.`),
    "## The path in Kong's table",
    officialWords(kind),
    "## The path in Kong's engine",
    ...judged.flatMap(({ proof }) => provenBlocks(proof)),
    "## What to do",
    ...judged.map((classified) => remedyWords(kind.remedy, classified)),
    mirror === id ? "Backwards it is the same kind." : `Backwards it is [${mirror}](${mirror}.md).`,
  ]);
}

/** The list of all kinds, in Markdown. */
export function kindsPage(): string {
  const rows = changeKindList.map(({ id, summary }) => `| [${id}](${id}.md) | ${summary} |`);
  return blocks([
    "# Kinds of change",
    `Every difference between two schemas is one of these. What is said of Kong's engine rests on the model \`${provenModel}\`: a control plane that stores what the engine of Kong Gateway 3.9.1 fills in, and sends it as it is.`,
    ["| kind | what happened |", "| --- | --- |", ...rows].join("\n"),
  ]);
}

function judgeExample({ id, example }: ChangeKind<Change>): readonly ClassifiedChange[] {
  const [old, now] = [readSchema(sourceOf(example.old)), readSchema(sourceOf(example.new))];
  return classifyChanges(old, now, diffSchemas(old, now)).filter(({ change }) => change.kind === id);
}

/** An example is a whole schema, or the fields of its configuration. */
export function sourceOf(example: string): string {
  return example.startsWith("return")
    ? example
    : `return { name = "example", fields = { { config = { type = "record", fields = { ${example} } } } } }`;
}

function officialWords({ updatePath }: ChangeKind<Change>): string {
  if ("row" in updatePath) return rowWords(updatePath.row);
  if ("rows" in updatePath) {
    return [
      `[The table](${updatePathsPage}) has no row for it.`,
      [
        `Where the new schema keeps the old name as a shorthand: ${updatePath.withOldName.because}`,
        ...otherCases(updatePath.withOldName),
      ].join("\n"),
      "Else the table sees two changes, of which the stricter one counts.",
      ...updatePath.rows.map(rowWords),
    ].join("\n\n");
  }
  return [`[The table](${updatePathsPage}) has no row for it. ${updatePath.because}`, ...otherCases(updatePath)].join(
    "\n",
  );
}

function otherCases({ unless = [] }: DerivedPath): readonly string[] {
  return unless.map(({ when, because }) => `- Where ${when}: ${because}`);
}

function rowWords(row: TableRow): string {
  return [
    `[The table](${updatePathsPage}) says, of a parameter ${rowNames[row]}:`,
    "",
    "| it is | path |",
    "| --- | --- |",
    ...Object.entries(updatePathTable[row]).map(([column, path]) => cellRow(column, path)),
  ].join("\n");
}

function cellRow(column: string, path: UpdatePath): string {
  const words = Object.entries(columnWords).find(([name]) => name === column)?.[1] ?? column;
  return `| ${words} | ${updatePathNames[path]} |`;
}

const rowNames = {
  added: "that is added",
  removed: "that is removed",
  "type-changed": "whose data type is changed",
} as const satisfies Record<TableRow, string>;

function provenBlocks(proof: Proof): readonly string[] {
  const { path, freeze, witness, argument } = proof;
  const name = path === "unknown" ? "Unknown" : updatePathNames[path];
  return [
    `**${name}**${freeze === "none" ? "" : `, freeze ${freeze}`}, in the example. ${provenReason(null, proof).join(" ")} ([the engine](${engineSource}))`,
    ...(argument?.by === "search" ? [`Tried: ${argument.tried} configurations.`] : []),
    ...(witness === undefined ? [] : witnessBlocks(witness)),
  ];
}

function witnessBlocks({
  config,
  instance,
  node,
  stored,
  error,
  edit,
  editInstance,
  editStored,
  editError,
}: Witness): readonly string[] {
  const saved = edit === undefined ? undefined : { config: edit, ...editInstance };
  return [
    `The witness, as a user gave it, as the control plane stores its \`config\`${saved === undefined ? "" : ", and as it is saved again under the new schema"}:`,
    json({ config, ...instance }),
    json(stored),
    ...(saved === undefined ? [] : [json(saved), json(editStored)]),
    `${node === "new data plane" ? "A data plane node with the new schema, given what was stored first," : "A data plane node with the old schema, given what was stored last,"} writes to its log:`,
    log(error),
    ...(editError === undefined ? [] : ["One with the old schema, given what was stored last:", log(editError)]),
  ];
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function log(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

function remedyWords(remedy: Remedy<Change> | null, { change, freeze }: ClassifiedChange): string {
  const words = remedy === null ? "No instance has to be edited." : remedy.tell(change);
  const frozen = {
    none: [],
    "new-values": ["Use nothing that is newly allowed before every data plane node has the new schema."],
    "any-edit": ["Save no instance of the plugin before every data plane node has the new schema."],
  }[freeze];
  return [words, ...frozen].join(" ");
}

function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
