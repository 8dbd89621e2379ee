/** What goes back to a client; without a type there is no body. */
export type Answer = Readonly<{ status: number; type?: string; body?: string }>;

/** Loki writes the charset in capitals where its query frontend answers, and small elsewhere. */
export const types = {
  data: "application/json; charset=UTF-8",
  json: "application/json; charset=utf-8",
  text: "text/plain; charset=utf-8",
} as const;

export const text = (status: number, body: string): Answer => ({ status, type: types.text, body });
export const data = (value: unknown): Answer => ({ status: 200, type: types.data, body: `${JSON.stringify(value)}\n` });
export const done: Answer = { status: 204 };
export const notFound: Answer = text(404, "404 page not found\n");

/** A request that is refused, with the status and the words of its answer. */
export class Refusal extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.name = "Refusal";
    this.status = status;
  }
}
