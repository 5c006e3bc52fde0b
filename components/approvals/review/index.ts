export { REVIEW_PAGE_SIZE, sampleListOptions, tabOf } from './queries';
export { ReviewsPage } from './review-page';
