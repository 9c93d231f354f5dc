Console.Error.WriteLine("usage: bench stock|graphql|graph|live|learning");
return 2;
