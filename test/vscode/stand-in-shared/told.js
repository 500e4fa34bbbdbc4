/** How a test and an extension of its own talk: the test adds lines to one file, the extension does what they say and adds lines to another. */

const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { Disposable } = require('vscode');

/** Questions, findings and what was done go here, for the test to read; never a token. */
const journal = process.env.M365_SCOPES_TEST_JOURNAL;
/** What the test tells, one object a line. */
const control = process.env.M365_SCOPES_TEST_CONTROL;

const linesOf = (file) => (file && existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1).map(JSON.parse) : []);

const note = (line) => journal && appendFileSync(journal, `${JSON.stringify(line)}\n`);
exports.note = note;

/**
 * Does what each new line tells, in order, and says when it is done. An extension host that starts again makes up for what it forgot, and no more.
 * @param handle of one object
 * @param isRemembered whether an object is to be done again after a restart
 */
exports.follow = (context, handle, isRemembered) => {
  const before = new Set(linesOf(journal).flatMap(({ did }) => did ?? []));
  let count = 0;
  let last = Promise.resolve();
  const act = async (number, told) => {
    if (before.has(number)) return isRemembered(told) && handle(told);
    const failed = await Promise.resolve(told)
      .then(handle)
      .then(
        () => ({}),
        (error) => ({ failed: String(error) }),
      );
    note({ did: number, ...failed });
  };
  const read = () => {
    const lines = linesOf(control);
    for (; count < lines.length; count++) {
      const [number, told] = [count + 1, lines[count]];
      last = last.then(() => act(number, told));
    }
  };
  note({ starts: true });
  read();
  const timer = setInterval(read, 50);
  context.subscriptions.push(new Disposable(() => clearInterval(timer)));
};
