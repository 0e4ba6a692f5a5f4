import { OF_WORKLOADS } from "../../../tools/edits/of-workloads";
import { itDoesAsThePageSays } from "./page-says";

itDoesAsThePageSays(OF_WORKLOADS);
