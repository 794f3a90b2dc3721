"use strict";

const Sequencer = require("@jest/test-sequencer").default;

// The matrix of faults waits most of its time, so that others run beside it. Jest goes by size on a new machine.
const order = ["faults/matrix", "engine/", "contract/", "faults/", "security/"];

/** Starts the slow folders first, so that no long file is left to run alone at the end. */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort([...tests]);
    return order.reduceRight((rest, folder) => {
      const isIn = ({ path }) => path.replaceAll("\\", "/").includes(`/tests/${folder}`);
      return [...rest.filter(isIn), ...rest.filter((test) => !isIn(test))];
    }, sorted);
  }
};
