import { seedCertification } from '@/lib/services/authzen/seed-certification';
import { withDatabase } from './database';

/** What a workspace can be seeded with. A new kind is a new line. */
const CONTENTS: Readonly<Record<string, (now: Date) => Promise<string>>> = {
  'authzen-certification': seedCertification,
};

/** `belay workspace seed`: prints the key of the workspace and nothing else, so that a script can take it. */
export async function seedWorkspaceCommand(content: string): Promise<void> {
  const seed = Object.hasOwn(CONTENTS, content) ? CONTENTS[content] : undefined;
  if (seed === undefined)
    throw new Error(
      `There is no content ${content}. There is: ${Object.keys(CONTENTS).join(', ')}.`,
    );
  console.log(await withDatabase(() => seed(new Date())));
}
