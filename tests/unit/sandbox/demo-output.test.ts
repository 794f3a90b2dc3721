import { styled } from "../../../sandbox/demo/print";

test.each([{}, { isTTY: false, hasColors: () => true }, { isTTY: true, hasColors: () => false }, { isTTY: true }])(
  "where only plain text can be shown, the demo writes nothing else",
  (output) => {
    expect(styled("bold", "text", output)).toBe("text");
  },
);

test("on a terminal with colours the demo uses them", () => {
  expect(styled("green", "text", { isTTY: true, hasColors: () => true })).toBe("\u001b[32mtext\u001b[39m");
});
