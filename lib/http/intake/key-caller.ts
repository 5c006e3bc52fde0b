import type { KeyActor } from '@/lib/auth';
import { anyProgram } from '@/lib/auth/agents';
import { DomainError } from '@/lib/contracts';

/** A system with an API key: agents have no part in what is said here. @throws DomainError 401, 403 `forbidden` */
export async function keyCaller(request: Request, body: () => Promise<string>): Promise<KeyActor> {
  const caller = await anyProgram(request, body);
  if (caller.kind === 'key') return caller;
  throw new DomainError('forbidden', 'forbidden', 'This is for systems with an API key.');
}
