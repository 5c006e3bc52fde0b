import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A running guardian; see guardian.mjs. */
export interface Guard {
  /** Tells it which process to stop when this process is gone; 0 for none. */
  watch: (postmasterPid: number) => void;
  /** Dismisses it. */
  end: () => void;
}

const SCRIPT = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

/**
 * Starts the guardian in a session of its own, so that Ctrl-C does not reach it, and starts
 * another if it is killed.
 */
export function startGuard(dataDir: string): Guard {
  let watched = 0;
  let ended = false;
  let child = launch();

  function launch(): ChildProcess {
    const started = spawn(process.execPath, [SCRIPT, dataDir], {
      cwd: '/',
      detached: true,
      env: {} as NodeJS.ProcessEnv,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    started.unref();
    started.stdin?.on('error', () => undefined);
    started.once('exit', () => {
      if (ended) return;
      child = launch();
      tell();
    });
    return started;
  }

  function tell(): void {
    child.stdin?.write(`${watched}\n`);
  }

  return {
    watch: (postmasterPid) => {
      watched = postmasterPid;
      tell();
    },
    end: () => {
      ended = true;
      watched = 0;
      tell();
      child.stdin?.end();
    },
  };
}
