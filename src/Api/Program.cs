using Platform.Api.Hosting.CommandLine;

return await Verbs.RunAsync(args);
