import { OF_REGISTRY } from "../../../tools/edits/of-registry";
import { itDoesAsThePageSays } from "./page-says";

itDoesAsThePageSays(OF_REGISTRY);
