/**
 * Lets a command come to its end, with its exit code, when nobody reads what it prints any more, as in `belay verify | head -2`:
 * what it says from then on is dropped. Any other failure of the output is thrown.
 */
export function readerMayLeave(): void {
  for (const output of [process.stdout, process.stderr])
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
