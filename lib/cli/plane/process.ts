/** One of several processes of a plane: serves until it is told to end, or whoever started it is gone. */
import { runPlane } from './run';

const [port = ''] = process.argv.slice(2);
const end = await runPlane(Number(port));
const stop = (): void => void end().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
