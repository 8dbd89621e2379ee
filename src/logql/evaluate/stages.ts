import type { LabelChoice, LabelFormat, Stage } from "../ast.ts";
import { compileLineTemplate } from "../template/logql.ts";
import { labelTest, lineTest, matcherTest } from "./filters.ts";
import type { Hints } from "./hints.ts";
import { jsonFields, jsonParser, unpackParser } from "./json-parsers.ts";
import { errorLabels, type LineLabels } from "./labels.ts";
import { logfmtParser, patternParser, regexpParser } from "./parsers.ts";
import { fail, type Step } from "./step.ts";

/** When a line was written, for templates that print it. */
type Clock = Readonly<{ nanoseconds: () => bigint }>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences that colour a terminal
const colours = /\u001b\[[0-9;?]*[A-Za-z]/g;

type Context = Readonly<{ hints: Hints; clock: Clock }>;

/** Stages as one function of a line; an `unwrap` among them is left out. */
export function pipelineOf(stages: readonly Stage[], context: Context): Step {
  const steps = stages.flatMap((stage) => (stage.kind === "unwrap" ? [] : [stepOf(stage, context)]));
  return (line, labels) => {
    let current: string | undefined = line;
    for (const step of steps) {
      current = step(current, labels);
      if (current === undefined) return undefined;
    }
    return current;
  };
}

/** One stage as a function of a line; `unwrap` is not one of them. */
export function stepOf(stage: Exclude<Stage, { kind: "unwrap" }>, { hints, clock }: Context): Step {
  switch (stage.kind) {
    case "lineFilter": {
      const test = lineTest(stage);
      return (line) => (test(line) ? line : undefined);
    }
    case "json":
      return stage.fields.length > 0 ? jsonFields(stage.fields, hints) : jsonParser(hints);
    case "logfmt":
      return logfmtParser(stage, hints);
    case "pattern":
      return patternParser(stage.value, hints);
    case "regexp":
      return regexpParser(stage.value, hints);
    case "unpack":
      return unpackParser(hints);
    case "decolorize":
      return (line) => line.replace(colours, "");
    case "labelFilter": {
      const test = labelTest(stage.filter);
      return (line, labels) => (test(labels) ? line : undefined);
    }
    case "lineFormat":
      return lineFormat(stage.template, clock);
    case "labelFormat":
      return labelFormat(stage.formats, clock);
    case "keep":
      return keep(stage.labels);
    case "drop":
      return drop(stage.labels);
    default:
      return stage satisfies never;
  }
}

function lineFormat(text: string, { nanoseconds }: Clock): Step {
  const template = compileLineTemplate(text);
  return (line, labels) => {
    try {
      return template((name) => labels.get(name), { line, nanoseconds, names: labels.names });
    } catch (error) {
      fail(labels, "TemplateFormatErr", { details: (error as Error).message });
      return line;
    }
  };
}

function labelFormat(formats: readonly LabelFormat[], { nanoseconds }: Clock): Step {
  const renders = formats.map((format) =>
    "template" in format ? compileLineTemplate(format.template, "label") : undefined,
  );
  return (line, labels) => {
    for (const [index, format] of formats.entries()) {
      const template = renders[index];
      if (template) {
        try {
          labels.set(
            format.name,
            template((name) => labels.get(name), { line, nanoseconds, names: labels.names }),
          );
        } catch (error) {
          fail(labels, "TemplateFormatErr", { details: (error as Error).message });
        }
      } else rename(labels, format as Extract<LabelFormat, { from: string }>);
    }
    return line;
  };
}

function rename(labels: LineLabels, { name, from }: Readonly<{ name: string; from: string }>): void {
  const value = labels.get(from);
  if (value === undefined) return;
  labels.set(name, value);
  labels.remove(from);
}

const chosen = (choice: LabelChoice) =>
  typeof choice === "string" ? { name: choice, test: () => true } : { name: choice.label, test: matcherTest(choice) };

function keep(choices: readonly LabelChoice[]): Step {
  const kept = choices.map(chosen);
  return (line, labels) => {
    for (const name of labels.names()) {
      if (errorLabels.has(name)) continue;
      const value = labels.get(name) ?? "";
      if (!kept.some((choice) => choice.name === name && choice.test(value))) labels.remove(name);
    }
    return line;
  };
}

function drop(choices: readonly LabelChoice[]): Step {
  const dropped = choices.map(chosen);
  return (line, labels) => {
    for (const { name, test } of dropped) {
      const value = labels.get(name);
      if (value !== undefined && test(value)) labels.remove(name);
    }
    return line;
  };
}
