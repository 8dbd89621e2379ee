import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { detail, UserError } from "../../../core/errors.ts";
import { ANY_REGION, clientOptions, statusOf, wantOfCredentials } from "../aws.ts";
import type { Queue, QueueMessage } from "./lister.ts";

/** How long a message is kept from the others at a time. */
const VISIBILITY_S = 60;
const AT_ONCE = 10;
const LONGEST_WAIT_S = 20;
const SILENT_MS = 30_000;

/** The region in a queue's address, as Amazon writes it. */
const regionIn = (url: URL): string | undefined => /^sqs\.([a-z\d-]+)\.amazonaws\.com/.exec(url.hostname)?.[1];

/** The queue at an address; credentials come from the standard AWS chain. Errors are sentences for the user. */
export function sqsQueue(address: URL, everyMs: number, signal: AbortSignal): Queue {
  const QueueUrl = address.href;
  const region = regionIn(address) ?? process.env.AWS_REGION ?? ANY_REGION;
  const client = new SQSClient({ ...clientOptions(SILENT_MS), region, endpoint: address.origin });
  const safely = <T>(action: Promise<T>): Promise<T> =>
    action.catch((error) => {
      throw explained(error, QueueUrl);
    });
  const longest = Math.min(LONGEST_WAIT_S, Math.max(1, Math.round(everyMs / 1000)));
  return {
    async receive({ wait }) {
      const asked = {
        QueueUrl,
        MaxNumberOfMessages: AT_ONCE,
        VisibilityTimeout: VISIBILITY_S,
        WaitTimeSeconds: wait ? longest : 0,
      };
      const { Messages = [] } = await safely(client.send(new ReceiveMessageCommand(asked), { abortSignal: signal }));
      return Messages.map(({ MessageId = "", ReceiptHandle = "", Body = "" }) => ({
        id: MessageId,
        receipt: ReceiptHandle,
        body: Body,
      }));
    },
    remove: async ({ receipt }) =>
      void (await safely(client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt })))),
    async hold(messages, how) {
      const VisibilityTimeout = how === "back" ? 0 : VISIBILITY_S;
      for (let from = 0; from < messages.length; from += AT_ONCE) {
        const entry = ({ receipt }: QueueMessage, index: number) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout,
        });
        const Entries = messages.slice(from, from + AT_ONCE).map(entry);
        await safely(client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })));
      }
    },
  };
}

function explained(error: unknown, url: string): UserError {
  const { name = "" } = error as Partial<Error>;
  const status = statusOf(error);
  const says = (sentence: string) => new UserError(sentence, { cause: error });
  if (/NonExistentQueue|QueueDoesNotExist/.test(name))
    return says(`The queue ${url} does not exist; check --queue and its region.`);
  const noCredentials = wantOfCredentials(error, `for the queue ${url}`);
  if (noCredentials) return says(noCredentials);
  if (status === 403 || /AccessDenied|InvalidClientTokenId|SignatureDoesNotMatch/.test(name))
    return says(
      `The queue ${url} refuses access (${name}: ${detail(error)}); it takes sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility.`,
    );
  if (status === undefined)
    return says(`The queue ${url} cannot be reached (${detail(error)}); check --queue and the network.`);
  return says(`The queue ${url} does not answer as it should (${name}: ${detail(error)}).`);
}
