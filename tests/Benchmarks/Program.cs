using Platform.Tests.Benchmarks.Stock;

if (args is ["stock", .. var which])
{
    return await StockBench.RunAsync(which, CancellationToken.None);
}

Console.Error.WriteLine("usage: bench stock|graphql|graph|live|learning");
return 2;
