import type { Message } from "kafkajs";
import { edges, heldBy, type Offsets, withAdmin } from "../../core/kafka/admin.ts";
import type { Change } from "../../core/record/recovery.ts";
import { topics } from "../../core/topics.ts";
import type { Input } from "../inputs/input.ts";
import type { KnownStreams } from "../judging/streams.ts";
import type { Connection } from "../sending/connection.ts";
import { type Delivery, type Mark, NO_MARK, type Placed } from "../sending/delivery.ts";
import { requestsOf, sendRequests } from "../sending/kafka.ts";
import { failureMessages, labelsMessages } from "./fold.ts";
import type { Lease } from "./lease.ts";
import { notes } from "./notes.ts";
import { sentBeyond, textOf } from "./sent.ts";
import type { ObjectState } from "./shape.ts";
import type { StateTopic } from "./topic.ts";

/** What the deliveries of one run share. `ends` were the topics' ends at some time, moved on by what is sent. */
export type Session = Readonly<{
  connection: Connection;
  holder: string;
  right: Lease;
  ends: Offsets;
  streams: KnownStreams;
  /** Whether failures are stored. */
  failures: boolean;
  topic: Pick<StateTopic, "store" | "surely">;
  release(): Message;
}>;

/** What a batch adds to what is to be noted. */
type Step = Readonly<{ mark: Mark; changes: readonly Change[]; labels: readonly string[] }>;

/** The delivery of one input, by the run that holds the lease; `stored` is what the topic knows of it. */
export async function stateDelivery(
  input: Input,
  { key, found }: Readonly<{ key: string; found: ObjectState | undefined }>,
  session: Session,
): Promise<Delivery> {
  const { connection, holder, right, ends, streams, failures, topic, release } = session;
  const { kafka, safely } = connection;
  let stored = found;
  const resumed = stored && !stored.complete ? stored : undefined;
  let from: Offsets = structuredClone(resumed?.from ?? ends);
  let sent = resumed
    ? await safely(async () => {
        const now = await withAdmin(kafka, (admin) => heldBy(admin, [topics.records, topics.rejects]));
        const place = { address: input.address, position: resumed.position };
        return sentBeyond(kafka, place, { from: resumed.from, ends: edges(now, "high") });
      })
    : new Map<number, string>();
  const wasSent = (placed: Placed) => {
    const text = sent.get(placed.piece.position);
    return text !== undefined && (isSame(stored, input) || text === textOf(placed));
  };
  let noted = stored;
  const message = ({ mark, complete }: Readonly<{ mark: Mark; complete: boolean }>): Message => {
    const version = input.version === undefined ? {} : { version: input.version };
    noted = { holder, ...version, ...mark, complete, from };
    return { key, value: JSON.stringify(noted satisfies ObjectState) };
  };
  const keep = (messages: Message[]) =>
    topic.surely(async () => {
      await right.hold();
      await topic.store(messages);
    });
  // Messages of one request to one partition are stored all or none: progress and failures cannot disagree.
  const note = async ({ mark, changes, labels }: Step) => {
    const messages = [message({ mark, complete: false }), ...failureMessages(changes), ...labelsMessages(labels)];
    const sentAt = performance.now();
    await keep(messages);
    right.renewed(sentAt);
  };
  // Noted while the next batch is on its way: a later run knows by the headers what was sent and not noted.
  const later = notes((steps: readonly Step[]) =>
    note({
      mark: steps.at(-1)?.mark ?? NO_MARK,
      changes: steps.flatMap(({ changes }) => changes),
      labels: steps.flatMap(({ labels }) => labels),
    }),
  );
  return {
    done: false,
    noted: stored,
    restart() {
      [stored, noted, sent, from] = [undefined, undefined, new Map(), structuredClone(ends)];
    },
    batch() {
      const requests = requestsOf(connection, input);
      const [changes, labels]: [Change[], string[]] = [[], []];
      return {
        add(placed) {
          const { item } = placed;
          if (item.kind === "record") {
            if (item.change && failures) changes.push(item.change);
            if (streams.get(item.labelsKey) !== true) {
              labels.push(item.labelsKey);
              streams.set(item.labelsKey, true);
            }
          }
          if (sent.size > 0 && wasSent(placed)) return false;
          requests.add(placed);
          return true;
        },
        async deliver(mark) {
          // Before anything is sent it must be known where to look for it.
          if (!noted || noted.complete) await note({ mark: marked(noted), changes: [], labels: [] });
          const answers = await safely(() => sendRequests(connection, { requests, before: right.hold }));
          for (const { topicName, partition, baseOffset } of answers) {
            for (const offsets of [from, ends])
              offsets[topicName] = { ...offsets[topicName], [partition]: Math.max(0, Number(baseOffset)) };
          }
          await later.add({ mark, changes, labels });
        },
      };
    },
    async end(last) {
      await later.done().finally(right.end);
      if (!last) return;
      const changed = last.complete ? !isComplete(noted, input) : noted !== stored;
      const messages = [...(changed ? [message(last)] : []), release()];
      await keep(messages);
    },
  };
}

const isSame = (state: ObjectState | undefined, { version }: Input) =>
  state !== undefined && version !== undefined && state.version === version;
/** Whether this very version was delivered to its end. */
const isComplete = (state: ObjectState | undefined, input: Input) => state?.complete === true && isSame(state, input);
const marked = (state: ObjectState | undefined): Mark =>
  state ? { records: state.records, position: state.position, sha256: state.sha256 } : NO_MARK;
