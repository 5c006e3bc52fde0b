/** GET /api/openapi.json */
import { anyone, handle } from '@/lib/http/handler';
import { openApiDocument } from './document';

export const openApiHandler = handle({ auth: anyone }, () => Promise.resolve(openApiDocument()));
