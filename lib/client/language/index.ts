export { counted, t, texts } from './t';
export { rich } from './rich';
export { currentSpeech, spokenDate, spokenNumber, withDecimalSign } from './speech';
