import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { diskFolder, type Folder } from "../../src/cli/folder.js";
import { loadModules } from "../../src/cli/modules.js";
import { readTextFile } from "../../src/cli/text.js";
import { applyChanges, diffSchemas, type Edition, type PluginSchema, readSchema, sameSchema } from "../../src/index.js";

/**
 * Reads every schema.lua below the folders that are given, and says in numbers what came of it. Of two or more folders,
 * which are taken as releases in order, it also compares each plugin with its next release and checks that applying the
 * changes to the old schema gives the new one.
 */
const { positionals: releases, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    "module-path": { type: "string" },
    "own-modules": { type: "boolean", default: false },
    edition: { type: "string" },
    "gateway-version": { type: "string", multiple: true },
  },
});
if (releases.length === 0) {
  console.error(`npm run survey -- DIR [DIR…] [--module-path DIR | --own-modules] [--gateway-version V…] [--edition oss]
  --module-path DIR  where required modules are: kong.x.y is DIR/kong/x/y.lua
  --own-modules      each DIR is its own module path, as a checkout of Kong is
  --gateway-version  the Gateway release whose rules apply; given again for each further DIR`);
  process.exit(1);
}
const noFolder = [...releases, ...(options["module-path"] === undefined ? [] : [options["module-path"]])].find(
  (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true,
);
if (noFolder !== undefined) {
  console.error(`${noFolder} is not a folder`);
  process.exit(1);
}
const edition: Edition | undefined =
  options.edition === "oss" || options.edition === "enterprise" ? options.edition : undefined;

const gatewayVersions = options["gateway-version"] ?? [];
const surveys = releases.map((release, index) =>
  surveyRelease(release, gatewayVersions[index] ?? gatewayVersions.at(-1)),
);
for (const [index, survey] of surveys.slice(1).entries()) {
  const previous = surveys[index];
  if (previous !== undefined) compare(previous, survey);
}

interface Survey {
  readonly release: string;
  /** By the path of the plugin's folder inside the release. */
  readonly schemas: ReadonlyMap<string, PluginSchema>;
}

function surveyRelease(release: string, gatewayVersion: string | undefined): Survey {
  const modulePath = options["own-modules"] ? release : options["module-path"];
  const modules = modulePath === undefined ? undefined : diskFolder(modulePath, modulePath);
  const schemas = new Map<string, PluginSchema>();
  const refused = new Map<string, string[]>();
  const opaque: string[] = [];
  const times: { readonly plugin: string; readonly time: number }[] = [];
  for (const file of schemaFiles(release)) {
    const plugin = relative(release, dirname(file)) || ".";
    const start = performance.now();
    try {
      const schema = read(file, modules, gatewayVersion);
      schemas.set(plugin, schema);
      if (JSON.stringify([schema.fields, schema.entityChecks, schema.attributes]).includes('"opaque":'))
        opaque.push(plugin);
    } catch (thrown) {
      const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "no documented error";
      refused.set(code, [
        ...(refused.get(code) ?? []),
        `${plugin}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      ]);
    }
    times.push({ plugin, time: performance.now() - start });
  }

  const slowest = times.toSorted((a, b) => b.time - a.time).slice(0, 3);
  console.log(`\n${release}: ${schemas.size} of ${times.length} schemas read, ${opaque.length} with opaque values`);
  if (opaque.length > 0) console.log(`  opaque values: ${opaque.join(", ")}`);
  for (const [code, messages] of refused) {
    console.log(`  refused, ${code}: ${messages.length}`);
    for (const message of messages) console.log(`    ${message}`);
  }
  console.log(`  slowest: ${slowest.map(({ plugin, time }) => `${plugin} ${time.toFixed(0)} ms`).join(", ")}`);
  return { release, schemas };
}

function compare(before: Survey, after: Survey): void {
  const kinds = new Map<string, number>();
  const broken: string[] = [];
  let pairs = 0;
  for (const [plugin, oldSchema] of before.schemas) {
    const newSchema = after.schemas.get(plugin);
    if (newSchema === undefined) continue;
    pairs += 1;
    try {
      const changes = diffSchemas(oldSchema, newSchema);
      for (const { kind } of changes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (!sameSchema(applyChanges(oldSchema, changes), newSchema))
        broken.push(`${plugin}: the changes do not give the new schema`);
      if (diffSchemas(newSchema, newSchema).length > 0) broken.push(`${plugin}: it differs from itself`);
    } catch (thrown) {
      broken.push(`${plugin}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    }
  }
  const total = [...kinds.values()].reduce((sum, number) => sum + number, 0);
  console.log(`\n${before.release} → ${after.release}: ${pairs} pairs, ${total} changes, ${broken.length} broken`);
  for (const [kind, number] of [...kinds].toSorted((a, b) => b[1] - a[1]))
    console.log(`  ${String(number).padStart(4)} ${kind}`);
  for (const line of broken) console.log(`  ${line}`);
  if (broken.length > 0) process.exitCode = 1;
}

function read(file: string, modules: Folder | undefined, gatewayVersion: string | undefined): PluginSchema {
  const source = readTextFile(file);
  return readSchema(source, {
    filename: file,
    pluginName: basename(dirname(file)),
    modules: loadModules(source, modules),
    ...(edition === undefined ? {} : { edition }),
    ...(gatewayVersion === undefined ? {} : { gatewayVersion }),
  });
}

function schemaFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === "schema.lua")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
