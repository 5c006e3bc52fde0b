export { counted, t, texts } from './t';
export { rich } from './rich';
export { currentSpeech, spokenDate, spokenList, spokenNumber, withDecimalSign } from './speech';
