/** A template that Go's parser would refuse; the message is worded as Go words it. */
export class TemplateSyntaxError extends Error {}

/** A template that fails while it runs; the message says where, in Go's words. */
export class TemplateError extends Error {}

/** What a function of a template reports; the engine adds its name and place. */
export class CallError extends Error {}
