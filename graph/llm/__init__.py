"""What a language model adds to the rules' findings, when one is asked: claims of which every word was found
in the article."""
