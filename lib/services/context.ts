import type { ConsoleActor } from '@/lib/auth';

/** What every service gets besides its input: who asks, and when. No service reads a clock. */
export interface ServiceContext {
  readonly actor: ConsoleActor;
  readonly now: Date;
  readonly requestId?: string;
}
