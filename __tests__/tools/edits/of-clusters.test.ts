import { OF_CLUSTERS } from "../../../tools/edits/of-clusters";
import { itDoesAsThePageSays } from "./page-says";

itDoesAsThePageSays(OF_CLUSTERS);
