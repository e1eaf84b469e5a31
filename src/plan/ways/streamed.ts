import { definitionUpdateSteps, streamedFileLimit } from "../../kong/streamed-and-cloned.js";
import { countBytes, findName } from "../commands/node.js";
import type { Condition, MigrationStep } from "../plan.js";
import type { StepContext } from "../steps/context.js";
import { createDefinition, deleteDefinition } from "../steps/definitions.js";
import { testFirst } from "../steps/test-first.js";
import { verify } from "../steps/verify.js";
import { arriving, definitionStep } from "./definition.js";
import { judgeForNewPlugin } from "./new-plugin.js";
import type { Way } from "./way.js";

/**
 * Schema and handler are entities, which the control plane sends. One that is in use cannot be changed, so every new
 * version is a plugin of its own (https://developer.konghq.com/custom-plugins/streaming-plugins/).
 */
export const streamedUpdate: Way = {
  judge: judgeForNewPlugin,
  reason: ({ oldName, newName }) =>
    `A streamed plugin cannot be changed while instances refer to it: the new version is a custom plugin of its own, ${newName}, the instances move to it, and ${oldName} goes. No node ever judges an instance of the one by the schema of the other.`,
  findings: () => [],
  steps: (context) => [
    test(context),
    ...definitionUpdateSteps.map((id) =>
      definitionStep(id, context, {
        create: () => create(context),
        remove: () => deleteDefinition(context.kit, context.oldName, "streamed"),
      }),
    ),
  ],
};

export const streamedFirst: Way = {
  judge: judgeForNewPlugin,
  reason: () => "Nothing has this plugin yet, so there is no instance that could break.",
  findings: () => [],
  steps: (context) => [
    test(context),
    create(context),
    verify(context, "Create a first instance where it does little harm, a route for tests for one."),
  ],
};

function test(context: StepContext): MigrationStep {
  const { oldName, newName, files } = context;
  return testFirst(context, {
    actions: [
      ...(oldName === newName ? [] : [`Give the new version its name: ${newName} in ${files.schema}.`]),
      `Create it there as the custom plugin ${newName}, with the commands of the step below that creates it.`,
    ],
    commands: [],
  });
}

function create(context: StepContext): MigrationStep {
  const { kit, oldName, newName, files } = context;
  return createDefinition(context, {
    kind: "streamed",
    title: `Create the custom plugin ${newName}`,
    preconditions: [
      {
        expect: `${files.schema} names the plugin ${newName}.`,
        commands: [findName(newName, files.schema)],
      },
      ...sizeLimit(context),
    ],
    actions: [
      `Create the custom plugin from ${files.schema} and ${files.handler}. ${arriving[kit.hosting]}`,
      "Create no instance yet.",
      ...(oldName === newName
        ? []
        : [`Leave ${oldName} alone: while it is in use it can be neither changed nor deleted.`]),
    ],
    commands: kit.commands.createStreamed(newName, files),
  });
}

/** Only Dedicated Cloud Gateways have one. */
function sizeLimit({ kit, files }: StepContext): readonly Condition[] {
  if (kit.hosting !== "dedicated-cloud") return [];
  return [
    {
      expect: `Neither file has more than ${streamedFileLimit / 1000} KB.`,
      commands: [countBytes([files.schema, files.handler])],
    },
  ];
}
