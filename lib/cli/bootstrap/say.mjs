/** To standard error, as run.mjs explains. @param {string} sentence */
export const say = (sentence) => {
  process.stderr.write(`belay: ${sentence}\n`);
};
