namespace Platform.Tests.Benchmarks.GraphQL;
internal static class Serve { public static Task<int> RunAsync(string kind, int port) => Task.FromResult(0); }
