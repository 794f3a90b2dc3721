import { PartialFailureError, ProviderError } from "../../../provider/core/errors";

test("what the process would print of an error is empty, and its message stays", () => {
  for (const error of [new ProviderError("why"), new PartialFailureError("id", {}, ["why"])]) {
    expect([error.name, error.stack, error.message]).toEqual(["", "", "why"]);
    expect(error).toBeInstanceOf(Error);
  }
});
