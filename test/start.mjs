/** `npm start`: checks a sample, or the project that is named, and shows what the command says. Ends with 0 whatever it finds. */
import { spawnSync } from 'node:child_process';

const paths = process.argv.slice(2);
const { status } = spawnSync(process.execPath, ['dist/cli.js', 'check', ...(paths.length > 0 ? paths : ['samples/classic-mail-robot'])], {
  stdio: 'inherit',
});
if (status === 3 || status === null) process.exitCode = 1;
