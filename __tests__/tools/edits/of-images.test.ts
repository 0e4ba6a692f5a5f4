import { OF_IMAGES } from "../../../tools/edits/of-images";
import { itDoesAsThePageSays } from "./page-says";

itDoesAsThePageSays(OF_IMAGES);
