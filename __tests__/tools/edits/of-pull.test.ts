import { OF_PULL } from "../../../tools/edits/of-pull";
import { itDoesAsThePageSays } from "./page-says";

itDoesAsThePageSays(OF_PULL);
