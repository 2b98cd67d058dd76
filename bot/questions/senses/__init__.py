"""Words whose sense their neighbours decide: rules that rewrite the parts of a question before anybody reads them."""
