export { getEvents as GET } from '@/lib/http/live/events';
