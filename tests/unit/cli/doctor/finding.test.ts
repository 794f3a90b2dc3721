import { UnreachableError } from "../../../../provider/client";
import { problemOf, withAdvice } from "../../../../provider/cli/doctor/finding";

const refused = new UnreachableError("GET", "/user", "https://gitlab.test", "refused", "Is gitlab:baseUrl right?");

test("an error keeps the way out that it knows, in the words of the command line", () => {
  expect(withAdvice(refused).message).toBe(
    "GET /user: cannot reach https://gitlab.test: refused. Is --base-url right?",
  );
  expect(problemOf("GitLab", refused)).toMatchObject({ state: "problem", advice: "Is --base-url right?" });
  expect(withAdvice(new Error("gitlab:token is wrong")).message).toBe("GITLAB_TOKEN is wrong");
});
