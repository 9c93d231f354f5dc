using Platform.Tests.Benchmarks.Access;
using Platform.Tests.Benchmarks.Graph;
using Platform.Tests.Benchmarks.GraphQL;
using Platform.Tests.Benchmarks.Learning;
using Platform.Tests.Benchmarks.Live;
using Platform.Tests.Benchmarks.Mutations;
using Platform.Tests.Benchmarks.Stock;

// `./platform bench stock …` and the program called by itself say the same.
switch (args is ["bench", .. var rest] ? rest : args)
{
    case ["stock", .. var which]:
        return await StockBench.RunAsync(which, CancellationToken.None);
    case ["mutations", .. var which]:
        return await MutationBench.RunAsync(which, CancellationToken.None);
    case ["graphql", .. var which]:
        return await GraphQLBenchmark.RunAsync(which);
    case ["graph", .. var which]:
        return await GraphBench.RunAsync(which, CancellationToken.None);
    case ["learning", .. var which]:
        return await LearningBench.RunAsync(which);
    case ["scope"]:
        return await ScopeBench.RunAsync(CancellationToken.None);
    case ["live", .. var which]:
        return await LiveBench.RunAsync(which);
    case ["fuzz", "graphql", .. var which]:
        return await GraphQLFuzz.RunAsync(which);
    default:
        Console.Error.WriteLine("usage: bench stock|mutations|graph|graphql|learning|live|scope, fuzz graphql [--minutes n] [--seed n]");
        return 2;
}
