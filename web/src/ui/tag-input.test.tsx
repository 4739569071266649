import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { Field } from "./field";
import { TagInput } from "./tag-input";

afterEach(cleanup);

function Genres({ suggestions = [] }: { suggestions?: string[] }) {
  const [values, setValues] = useState<string[]>(["Drama"]);
  return (
    <>
      <Field label="Genres"><TagInput values={values} onChange={setValues} suggestions={suggestions} /></Field>
      <output>{values.join("|")}</output>
    </>
  );
}

const box = (): HTMLElement => screen.getByRole("combobox", { name: "Genres" });
const values = (): string | null => screen.getByRole("status").textContent;

describe("TagInput", () => {
  it("takes words by comma, Enter, paste and on leaving, each once", () => {
    render(<Genres />);
    fireEvent.change(box(), { target: { value: "Comedy, drama; Horror," } });
    expect(values()).toBe("Drama|Comedy|Horror");
    fireEvent.change(box(), { target: { value: "Noir" } });
    fireEvent.keyDown(box(), { key: "Enter" });
    fireEvent.change(box(), { target: { value: "Western" } });
    fireEvent.blur(box());
    expect(values()).toBe("Drama|Comedy|Horror|Noir|Western");
  });

  it("offers what is known and takes it by arrow and Enter", () => {
    render(<Genres suggestions={["Comedy", "Drama", "Crime"]} />);
    fireEvent.change(box(), { target: { value: "c" } });
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["Comedy", "Crime"]);
    fireEvent.keyDown(box(), { key: "ArrowDown" });
    fireEvent.keyDown(box(), { key: "ArrowDown" });
    expect(screen.getByRole("option", { selected: true }).textContent).toBe("Crime");
    fireEvent.keyDown(box(), { key: "Enter" });
    expect(values()).toBe("Drama|Crime");
  });

  it("takes the last away by backspace", () => {
    render(<Genres />);
    fireEvent.keyDown(box(), { key: "Backspace" });
    expect(values()).toBe("");
  });
});
