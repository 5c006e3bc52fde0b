export { counted, t, texts } from './t';
export { rich } from './rich';
export {
  currentSpeech,
  spokenDate,
  spokenDay,
  spokenList,
  spokenNumber,
  spokenWeekday,
  withDecimalSign,
} from './speech';
