/** The pieces of a highlighted text: plain and marked in turn. Everything but the mark is text, never HTML. */
export function pieces(html: string): { text: string; isMarked: boolean }[] {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.body.childNodes].flatMap((node) => {
    const text = node.textContent ?? "";
    return text === "" ? [] : [{ text, isMarked: node.nodeName === "MARK" }];
  });
}

export function Highlight({ html }: { html: string }) {
  return pieces(html).map((piece, index) => (piece.isMarked ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>));
}
