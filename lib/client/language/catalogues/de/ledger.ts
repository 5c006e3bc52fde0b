import ledger from './ledger.json';

export default ledger;
