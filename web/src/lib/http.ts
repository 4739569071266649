import { client } from "@/api/client.gen";
import { toApiError } from "./errors";
import { askForProof } from "./proof";
import { activeSpace } from "./space";

let csrfToken = "";
let adminCsrfToken = "";

/** The same for the administration, whose sessions are apart from those of the application. */
export function rememberAdminCsrf(token: string): void {
  adminCsrfToken = token;
}

/** Answers of sign-in and session carry the token that unsafe requests must send back. */
export function rememberCsrf(token: string): void {
  csrfToken = token;
}

/** Headers that every call of ours carries: the space, and for writes the proof that we made it. */
export function callHeaders(method: string, path = ""): Record<string, string> {
  const headers: Record<string, string> = {};
  const space = activeSpace.get();
  if (space) headers["X-Space"] = space;
  const token = path.startsWith("/api/v1/admin/") ? adminCsrfToken : csrfToken;
  if (token && !["GET", "HEAD", "OPTIONS"].includes(method)) headers["X-CSRF-Token"] = token;
  return headers;
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.clone().json().catch(() => null);
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** Another tab may have renewed the session that both share. */
async function renewCsrf(): Promise<boolean> {
  const before = csrfToken;
  const response = await fetch("/api/v1/auth/session", { credentials: "same-origin" });
  const body: unknown = response.ok ? await response.json() : null;
  if (typeof body === "object" && body !== null && "csrf_token" in body) rememberCsrf(String(body.csrf_token));
  return csrfToken !== before;
}

/** Asks; if the answer wants to see again who is there, or to have another token, asks once more with it. */
export async function ask(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 403) return response;
  const code = await codeOf(response);
  const path = new URL(request.url).pathname;
  const isReady = code === "reauthentication_needed" ? await askForProof() : code === "bad_csrf_token" && !path.startsWith("/api/v1/admin/") && (await renewCsrf());
  if (!isReady) return response;
  for (const [name, value] of Object.entries(callHeaders(request.method, path))) again.headers.set(name, value);
  return fetch(again);
}

/** Teaches the generated client our headers and our errors. Called once, before the first call. */
export function configureClient(): void {
  client.setConfig({ baseUrl: "", credentials: "same-origin", throwOnError: true, fetch: (input, init) => ask(new Request(input, init)) });
  client.interceptors.request.use((request) => {
    for (const [name, value] of Object.entries(callHeaders(request.method, new URL(request.url).pathname))) request.headers.set(name, value);
    return request;
  });
  client.interceptors.error.use((error, response) => toApiError(error, response));
}

/** Saves an answer as a file. Through fetch and not a plain link, because the space travels in a header. */
export async function download(path: string, filename: string): Promise<void> {
  let response: Response | undefined;
  try {
    response = await ask(new Request(path, { headers: callHeaders("GET"), credentials: "same-origin" }));
  } catch (error) {
    throw toApiError(error, undefined);
  }
  if (!response.ok) throw toApiError(await response.json().catch(() => null), response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Sends a form and tells how far its upload is, as a share in [0, 1]. Through XMLHttpRequest, because fetch cannot tell. */
export function postForm<T>(path: string, form: FormData, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.responseType = "json";
    for (const [name, value] of Object.entries(callHeaders("POST"))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(toApiError(null, undefined));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else reject(toApiError(request.response, new Response(null, { status: request.status })));
    };
    request.send(form);
  });
}
