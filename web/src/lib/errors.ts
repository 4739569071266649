/** The server's error envelope, as an Error: what happened (message) and where (field). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly details: unknown;
  readonly requestId: string | null;

  constructor(status: number, body: EnvelopeBody) {
    super(body.message);
    this.name = "ApiError";
    this.status = status;
    this.code = body.code;
    this.field = body.field ?? null;
    this.details = body.details;
    this.requestId = body.request_id ?? null;
  }
}

interface EnvelopeBody {
  code: string;
  message: string;
  field?: string | null;
  details?: unknown;
  request_id?: string | null;
}

function isEnvelope(value: unknown): value is { error: EnvelopeBody } {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const body = value.error;
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";
}

const FALLBACKS: Record<number, string> = {
  401: "You are signed out. Sign in again to go on.",
  403: "Your role in this space does not allow that. Ask a manager of the space.",
  404: "This does not exist here, or it was deleted.",
  409: "Someone changed this meanwhile. Reload it and try again.",
  413: "The file is larger than this server accepts.",
  429: "That was too often. Wait a moment and try again.",
  503: "The server is starting or busy. Try again in a moment.",
};

/** Turns whatever a failed call threw into an ApiError; a missing response means the network. */
export function toApiError(cause: unknown, response: Response | undefined): ApiError {
  if (cause instanceof ApiError) return cause;
  if (!response) {
    return new ApiError(0, {
      code: "unreachable",
      message: "The server does not answer. Check the connection, then try again.",
    });
  }
  if (isEnvelope(cause)) return new ApiError(response.status, cause.error);
  const message = FALLBACKS[response.status] ?? `The server could not do that (error ${response.status}). Try again.`;
  return new ApiError(response.status, { code: "unknown", message });
}

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return "Something went wrong. Try again.";
}

/** The message for one form field, when the envelope names it; `body.title` also names `title`. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError) || !error.field) return undefined;
  const named = error.field;
  return named === field || named.endsWith(`.${field}`) ? error.message : undefined;
}
